"""What the web as such promises: headers, errors, secrets, the gate outside."""
