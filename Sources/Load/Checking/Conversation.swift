import NIOCore

/// A connection for one query after the other.
package struct Conversation {
    let inquirer: Inquirer
    let channel: any Channel
    var inbound: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
    let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>

    /// The server's counts of the standard site for an instant in seconds since 1970.
    package mutating func ask(_ timestamp: Int) async throws -> Counts {
        try await ask(timestamp, of: .standard)
    }

    /// The server's counts of a site for an instant in seconds since 1970.
    mutating func ask(_ timestamp: Int, of site: Site) async throws -> Counts {
        let reply = try await reply("GET", "/analytics\(site.query)timestamp=\(timestamp)", "Accept: text/csv")
        guard reply.status == 200 else {
            let isTransient = reply.status >= 500 || reply.status == 429
            throw Inquirer.Failure(
                reason: "status \(reply.status) \(reply.excerpt)",
                isTransient: isTransient,
                isNotFound: reply.status == 404
            )
        }
        let text = String(buffer: reply.body)
        guard let counts = Counts(parsing: text) else {
            throw Inquirer.Failure(reason: "not a valid report: \(reply.excerpt)", isTransient: false)
        }
        return counts
    }

    /// Sends events in one body; returns the number accepted.
    package mutating func post(csv: String) async throws -> Int {
        let reply = try await reply("POST", "/analytics", "Content-Type: text/csv", body: csv)
        guard reply.status == 200, let receipt = Receipt(parsing: reply.body) else {
            throw Inquirer.Failure(reason: "status \(reply.status) \(reply.excerpt)", isTransient: false)
        }
        return receipt.accepted
    }

    /// Sends JSON with a key; returns the status and the text of the answer.
    package mutating func post(json: String, to path: String, key: String) async throws -> (status: Int, body: String) {
        let fields = "Content-Type: application/json\r\nAuthorization: Bearer \(key)"
        let reply = try await reply("POST", path, fields, body: json)
        return (reply.status, String(buffer: reply.body))
    }

    private mutating func reply(
        _ method: String,
        _ path: String,
        _ field: String,
        body: String = ""
    ) async throws -> Reply {
        let channel = channel
        let timer = inquirer.loop.scheduleTask(in: inquirer.timeout) { channel.close(promise: nil) }
        defer { timer.cancel() }
        let target = inquirer.target
        let length = body.isEmpty ? "" : "Content-Length: \(body.utf8.count)\r\n"
        let head = "\(method) \(target.path)\(path) HTTP/1.1\r\nHost: \(target.authority)\r\n\(field)\r\n\(length)\r\n"
        var parser = ReplyParser()
        do {
            try await outbound.write(ByteBuffer(string: head + body))
            while let chunk = try await inbound.next(isolation: #isolation) {
                if let reply = try parser.parse(chunk) { return reply }
            }
        } catch {
            throw Inquirer.Failure(reason: "\(error)", isTransient: true)
        }
        throw Inquirer.Failure(reason: "the connection was closed or the request timed out", isTransient: true)
    }
}
