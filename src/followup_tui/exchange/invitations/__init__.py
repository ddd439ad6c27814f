"""Imports of invitations and address cards."""
