"""What opens strangers' files, inside a limited child process and nowhere else.

`papers` looks into a PDF and `reading` reads it, `pictures` draws a PNG or JPEG anew,
`drawing` shows a page as a picture; `report` is how they answer. Nothing here imports
Django: what a hostile file might take over is small, has no settings, and ends with
the file. The side that asks is `core.files`.
"""
