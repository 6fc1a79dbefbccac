import NIOCore

/// The prepared text of an event, with placeholders for the digits of timestamp and user.
struct EventTemplate {
    /// The text for one kind of event and one prefix of the timestamp.
    private struct Form {
        let text: ByteBuffer
        /// The index of the last eight digits of the timestamp.
        let timestampIndex: Int
        let userIndex: Int
    }

    private static let blank = "00000000"

    private let start: Int
    /// An impression and a click for each timestamp prefix; a range has one or two prefixes.
    private let forms: [Form]

    /// - Parameters:
    ///   - start: The first second of the range; has nine digits or more.
    ///   - last: The last second of the range, counted from its first.
    ///   - text: The text before the timestamp, before the user, between user and kind, and after the kind.
    init(start: Int, last: Int, _ text: (String, String, String, String)) {
        self.start = start
        forms = (Self.beginning(start)...Self.beginning(start + last)).flatMap { beginning in
            ["impression", "click"].map { kind in
                let beforeDigits = text.0 + "\(beginning)"
                let beforeUser = beforeDigits + Self.blank + text.1
                return Form(
                    text: ByteBuffer(string: beforeUser + Self.blank + text.2 + kind + text.3),
                    timestampIndex: beforeDigits.utf8.count,
                    userIndex: beforeUser.utf8.count
                )
            }
        }
    }

    func write(_ event: Event, into buffer: inout ByteBuffer) {
        let timestamp = start + Int(event.second)
        let form = forms[(Self.beginning(timestamp) - Self.beginning(start)) * 2 + (event.isClick ? 1 : 0)]
        let index = buffer.writerIndex
        buffer.writeImmutableBuffer(form.text)
        buffer.setInteger(ByteBuffer.eightDigits(timestamp), at: index + form.timestampIndex)
        buffer.setInteger(ByteBuffer.eightDigits(Int(event.user)), at: index + form.userIndex)
    }

    private static func beginning(_ timestamp: Int) -> Int {
        timestamp / 100_000_000
    }
}
