"""How people and programs reach phahe: command line, HTTP and web pages."""
