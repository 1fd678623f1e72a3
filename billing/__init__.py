"""Money: price lists, orders, invoices, payments, refunds. It reads no policy pack."""
