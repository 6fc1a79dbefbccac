import FoundationEssentials
import NIOCore
package import NIOHTTP1

/// A stream of server-sent events from a server on this machine.
package struct EventStream: ~Copyable {
    /// A message of the stream.
    package struct Message: Sendable {
        package var event = ""
        package var id: String?
        package var data = ""

        /// The data as a value.
        package func decoded<Value: Decodable>(_ type: Value.Type) throws -> Value {
            try JSONDecoder().decode(type, from: Data(data.utf8))
        }
    }

    private var conversation: HTTPConversation
    private var text = ""
    /// The id of the last message, from which another stream goes on.
    package private(set) var lastID: String?
    /// The number of comments.
    package private(set) var comments = 0
    package let head: HTTPResponseHead

    /// Lends a stream.
    package static func with<R>(
        port: Int,
        _ target: String,
        _ headers: HTTPHeaders = [:],
        _ body: (inout EventStream) async throws -> R
    ) async throws -> R {
        try await HTTPConversation.giving(port: port) { conversation in
            var conversation = conversation
            let head = try await conversation.begin(target, headers)
            var stream = EventStream(conversation: conversation, head: head)
            return try await body(&stream)
        }
    }

    /// Waits for the next message; nil after the last.
    package mutating func next() async throws -> Message? {
        while true {
            while let end = text.firstRange(of: "\n\n") {
                let message = take(String(text[..<end.lowerBound]))
                text.removeSubrange(..<end.upperBound)
                if let message { return message }
            }
            guard let bytes = try await conversation.nextBytes() else { return nil }
            text += String(buffer: bytes)
        }
    }

    /// Reads a message; nil if it has no data.
    private mutating func take(_ block: String) -> Message? {
        var message = Message()
        for line in block.split(separator: "\n") {
            if line.hasPrefix(":") { comments += 1 }
            let parts = line.split(separator: ": ", maxSplits: 1)
            guard parts.count == 2 else { continue }
            switch parts[0] {
            case "event": message.event = String(parts[1])
            case "id": (message.id, lastID) = (String(parts[1]), String(parts[1]))
            case "data": message.data = String(parts[1])
            default: break
            }
        }
        return message.data.isEmpty ? nil : message
    }
}
