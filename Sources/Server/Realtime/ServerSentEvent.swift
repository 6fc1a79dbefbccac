import HTTP

/// A message of an event stream (HTML Standard, section 9.2).
struct ServerSentEvent {
    enum Name: String {
        /// The figures of a reading.
        case counts
        /// New hits.
        case hits
        /// Something is missing: the figures are old, or hits were left out.
        case behind
        /// The server ends the stream.
        case end
    }

    let name: Name
    /// The place behind it, from which a client goes on that comes again.
    var id: String?
    let data: JSON

    var text: String {
        let id = id.map { "id: \($0)\n" } ?? ""
        // The data has no line breaks: JSON escapes them.
        return "event: \(name.rawValue)\n\(id)data: \(data.description)\n\n"
    }

    /// The beginning of a stream: the time after which a client comes again, in milliseconds, and its first place.
    static func opening(id: String?) -> String {
        "retry: 3000\n" + (id.map { "id: \($0)\n" } ?? "") + "\n"
    }

    /// A comment, which keeps the stream from looking dead.
    static let heartbeat = ":\n\n"
}
