"""What every lab is made of: base, state and its rules, tables, and the joiner of JavaScript modules."""
