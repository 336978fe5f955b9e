"""What every request passes through on its way in and out; plain ASGI, so that nothing holds up a stream."""
