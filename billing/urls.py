"""Where the card provider tells us what happened."""

from django.urls import path

from billing import views

urlpatterns = [
    path("payments/stripe/events/", views.stripe_events, name="stripe_events"),
]
