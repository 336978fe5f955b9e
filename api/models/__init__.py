"""The shapes of answers, as the description of the HTTP API tells them."""
