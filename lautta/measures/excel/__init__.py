"""Excel round trip of an organisation's measures: download, edit, upload, look, take in."""

from lautta.measures.excel.container import NotReadableError
from lautta.measures.excel.export import workbook
from lautta.measures.excel.reading import read_upload
from lautta.measures.excel.review import Review, review

__all__ = ["NotReadableError", "Review", "read_upload", "review", "workbook"]
