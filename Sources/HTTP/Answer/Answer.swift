package import HTTPTypes
package import Hummingbird
package import NIOCore

/// A complete answer, which the gate or Hummingbird sends.
package struct Answer {
    package let status: HTTPResponse.Status
    package var headers: HTTPFields
    package var body: ByteBuffer
    /// True if the body is not sent, only its length.
    var isForHead = false

    package init(status: HTTPResponse.Status, headers: HTTPFields = [:], body: ByteBuffer = ByteBuffer()) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// An answer of JSON.
    package init(json: JSON) { self.init(status: .ok, headers: [.contentType: "application/json"], body: json.buffer) }

    /// The answer as a response of Hummingbird.
    package var response: Response {
        body.readableBytes == 0
            ? Response(status: status, headers: headers)
            : Response(status: status, headers: headers, body: ResponseBody(byteBuffer: body))
    }

    /// Writes the answer as bytes of HTTP/1.1.
    func write(to buffer: inout ByteBuffer) {
        buffer.writeString("HTTP/1.1 \(status.code) \(status.reasonPhrase)\r\n")
        for field in headers { buffer.writeString("\(field.name.rawName): \(field.value)\r\n") }
        if status.kind != .informational, status != .noContent {
            buffer.writeString("Content-Length: \(body.readableBytes)\r\n")
        }
        buffer.writeString("\r\n")
        if !isForHead { buffer.writeImmutableBuffer(body) }
    }
}
