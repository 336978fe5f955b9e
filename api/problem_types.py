"""The types of problems: what each name means, for people who follow the IRI that an error gives."""

PROBLEM_TYPES = {
    "not-in-corpus": (
        "Không có trong kho này",
        "The corpus of this server holds no such document or thing. That says nothing about the world: it may"
        " well exist. Check the spelling, or search with /v1/find.",
    ),
    "not-found": ("Không có trang này", "The server has no page at this address; /docs lists those it has."),
    "bad-query": (
        "Câu hỏi sai hoặc không được phép",
        "The question is malformed, names what the vocabulary does not have, or asks what is refused here.",
    ),
    "invalid-parameter": (
        "Tham số thiếu hoặc sai",
        "A parameter or the body is missing or malformed; `errors` names each with its value.",
    ),
    "bad-request": ("Yêu cầu sai", "The request does not follow the protocol of this address."),
    "unreadable": (
        "Không đọc được tệp",
        "The file was received but holds no text that can be read; the detail says what was found.",
    ),
    "method-not-allowed": ("Phương thức không dùng được", "The address is there, for the methods in Allow."),
    "not-acceptable": ("Không có dạng được yêu cầu", "The answer has no form among those in Accept."),
    "content-too-large": ("Nội dung quá lớn", "The body is larger than this server takes."),
    "unsupported-media-type": ("Dạng nội dung không đọc được", "The body is in none of the forms read here."),
    "query-time": (
        "Truy vấn chạy quá lâu",
        "The query took longer than this server allows and was stopped; narrow it, or ask for less.",
    ),
    "query-memory": (
        "Truy vấn cần quá nhiều bộ nhớ",
        "The query needed more memory than this server allows and was stopped; narrow it, or ask for less.",
    ),
    "query-failed": (
        "Truy vấn bị dừng",
        "The process that ran the query ended before it could answer; try again.",
    ),
    "busy": (
        "Có quá nhiều truy vấn",
        "As many queries as this server takes are under way; try again after the seconds in Retry-After.",
    ),
    "read-only": ("Máy chủ chỉ đọc", "This server takes no updates; the graph changes when it is built."),
    "bad-update": (
        "Lệnh cập nhật sai hoặc bị từ chối",
        "The update is malformed, asks what is refused here, or would leave the graph with new faults.",
    ),
    "token": ("Thiếu mã truy cập", "An update must bring the server's token as bearer token."),
    "no-store": ("Kho chưa sẵn sàng", "Nothing usable is built yet; ask again after a build."),
    "no-query-process": (
        "Chưa trả lời được SPARQL",
        "No process for SPARQL runs on this server just now; ask again in a moment.",
    ),
    "no-graph": (
        "Không có đồ thị này",
        "The store has no named graph of this IRI; /sparql describes those it has.",
    ),
    "failed": ("Không trả lời được", "The request could not be answered; the detail says why."),
    "fault": ("Lỗi của chương trình", "A fault of the program; the server's log says more."),
}
"""Title in Vietnamese and meaning of each type, by the last part of its IRI."""
