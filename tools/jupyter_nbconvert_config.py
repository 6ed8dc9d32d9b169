"""How nbconvert, in this book's .venv, turns a notebook into a page; tools/install.py puts it where Jupyter looks.

`jupyter nbconvert --execute` would keep the state of the labs' views, and then the page loads what draws them from
other hosts: without the network each lab is a blank. Without that state it shows a lab's tables.
"""

c = get_config()  # noqa: F821  Jupyter's own name
c.ExecutePreprocessor.store_widget_state = False
