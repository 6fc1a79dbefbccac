/// A message of a stream of server-sent events (HTML Standard, section 9.2).
struct ServerSentMessage: Equatable, Sendable {
    var event = ""
    var data = ""

    /// Finds the messages in the text of a stream, whichever pieces it comes in.
    struct Parser {
        /// The longest message, in bytes; a longer one is dropped.
        private static let longest = 4 << 20

        private var pending = ""

        /// Takes the next piece of the text.
        ///
        /// - Parameter piece: The piece.
        /// - Returns: The messages that are complete now, without comments.
        mutating func parse(_ piece: String) -> [ServerSentMessage] {
            pending += piece
            var messages: [ServerSentMessage] = []
            while let end = pending.firstRange(of: "\n\n") {
                let message = ServerSentMessage(block: pending[..<end.lowerBound])
                if !message.data.isEmpty { messages.append(message) }
                pending.removeSubrange(..<end.upperBound)
            }
            if pending.utf8.count > Self.longest { pending = "" }
            return messages
        }
    }

    init(event: String = "", data: String = "") {
        self.event = event
        self.data = data
    }

    private init(block: Substring) {
        for line in block.split(separator: "\n") {
            let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2 else { continue }
            let value = parts[1].hasPrefix(" ") ? parts[1].dropFirst() : parts[1]
            switch parts[0] {
            case "event": event = String(value)
            case "data": data += (data.isEmpty ? "" : "\n") + value
            default: break
            }
        }
    }
}
