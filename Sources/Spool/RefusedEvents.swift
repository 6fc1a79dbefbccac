import Analytics
import FoundationEssentials
import SystemPackage

extension Spool {
    /// Keeps events that cannot be delivered, for somebody to look at: lines that can be posted again as they are,
    /// `application/x-ndjson`.
    func keepRefused(_ events: [Event]) throws {
        let encoder = JSONEncoder()
        let lines = try events.map { try encoder.encode(Line($0)) }
        let file = try FileDescriptor.open(
            directory.path.appending("refused.ndjson"),
            .writeOnly,
            options: [.create, .append, .closeOnExec],
            permissions: .ownerReadWrite
        )
        try file.closeAfter {
            _ = try file.writeAll(lines.flatMap { $0 + [UInt8(ascii: "\n")] })
            try Segment.syncData(file)
        }
        try directory.sync()
    }
}

private struct Line: Encodable {
    let timestamp: Int
    let user: String
    let event: String

    init(_ event: Event) {
        timestamp = event.time.milliseconds
        user = event.user.text
        self.event = "\(event.kind)"
    }
}
