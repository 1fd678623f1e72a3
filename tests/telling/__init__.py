"""What people are told: notices, the weekly summary, their calendar."""
