"""What stands in front of the program: nginx, as deploy/nginx has it, and gunicorn."""
