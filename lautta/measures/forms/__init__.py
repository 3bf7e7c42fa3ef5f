"""Forms of the room: what a person types, checked, in the words of the field."""
