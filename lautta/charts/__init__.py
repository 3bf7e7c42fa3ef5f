"""Charts as SVG text: data in, string out. No Django; palette and font are arguments, so that page and paper can differ."""
