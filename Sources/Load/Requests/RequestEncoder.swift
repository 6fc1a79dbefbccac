import NIOCore

/// Writes the requests of a run with clicks and impressions for one site.
struct RequestEncoder {
    /// The placeholder for the length of a body.
    private static let noLength = "00000000"

    private let template: EventTemplate
    /// The part of a bulk request before its first event.
    private let opening: ByteBuffer
    /// The index of the body's length in `opening`; nil if requests have no body.
    private let lengthIndex: Int?
    /// The index of the body in a request.
    private let bodyIndex: Int

    init(_ plan: Plan, _ site: Site) {
        let line = "POST \(plan.target.path)/analytics"
        let rest = " HTTP/1.1\r\nHost: \(plan.target.authority)\r\n"
        let parameters = site.name.map { "?site=\($0)" } ?? ""
        var head = ""
        var columns = ""
        let text: (String, String, String, String)
        let isBulk = plan.options.mode == .bulk
        switch (isBulk, plan.options.format) {
        case (false, _):
            let end = rest + "Content-Length: 0\r\n\r\n"
            text = (line + site.query + "timestamp=", "&user=\(plan.prefix)", "&event=", end)
        case (true, .csv):
            text = ("", ",\(plan.prefix)", ",", "\n")
            head = line + parameters + rest + "Content-Type: text/csv\r\nContent-Length: "
            columns = "timestamp,user,event\n"
        case (true, .ndjson):
            text = (#"{"timestamp":"#, #","user":"\#(plan.prefix)"#, #"","event":""#, "\"}\n")
            head = line + parameters + rest + "Content-Type: application/x-ndjson\r\nContent-Length: "
        }
        template = EventTemplate(start: plan.start, last: plan.last, text)
        lengthIndex = isBulk ? head.utf8.count : nil
        bodyIndex = head.utf8.count + Self.noLength.utf8.count + 4
        opening = head.isEmpty ? ByteBuffer() : ByteBuffer(string: head + Self.noLength + "\r\n\r\n" + columns)
    }

    /// Replaces the contents of the buffer by a request with the events.
    func write(_ events: [Event], into buffer: inout ByteBuffer) {
        buffer.clear()
        buffer.writeImmutableBuffer(opening)
        for event in events { template.write(event, into: &buffer) }
        if let lengthIndex {
            buffer.setInteger(ByteBuffer.eightDigits(buffer.writerIndex - bodyIndex), at: lengthIndex)
        }
    }
}
