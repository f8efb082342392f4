"""Accounts: signing in, making one, passkeys, and the reader's own page; all addresses under /account/."""
