/// Detects the client's message that commits a writing transaction.
package struct CommitWatcher: Sendable {
    /// The prepared statements by name; true for those that write.
    private var writes: [String: Bool] = [:]
    /// True after a writing statement, until its Sync.
    private var isWriting = false
    /// The number of COPY commands of the script whose rows have not ended.
    private var copies = 0

    package init() {}

    /// True if PostgreSQL commits a write when it receives this message.
    package mutating func commits(_ message: WireMessage) -> Bool {
        switch message.type {
        case UInt8(ascii: "Q"):
            let script = message.texts(1).first ?? ""
            // The rows follow, and behind the last ones the end of the implicit transaction.
            copies = script.ranges(of: "COPY ").count
            return copies == 0 && (script.contains("INSERT ") || script.hasPrefix("COMMIT"))
        case UInt8(ascii: "c"):
            guard copies > 0 else { return false }
            copies -= 1
            return copies == 0
        case UInt8(ascii: "P"):
            let texts = message.texts(2)
            if texts.count == 2 { writes[texts[0]] = texts[1].contains("INSERT ") }
            return false
        case UInt8(ascii: "B"):
            let texts = message.texts(2)
            if texts.count == 2, writes[texts[1]] == true { isWriting = true }
            return false
        case UInt8(ascii: "S"):
            defer { isWriting = false }
            return isWriting
        default:
            return false
        }
    }
}
