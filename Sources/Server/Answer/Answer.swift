import HTTPTypes
import Hummingbird
import NIOCore

/// A whole answer, however it is sent.
struct Answer {
    let status: HTTPResponse.Status
    var headers: HTTPFields = [:]
    var body = ByteBuffer()
    /// The body is not sent, only its length.
    var isForHead = false

    /// As Hummingbird sends it.
    var response: Response {
        body.readableBytes == 0
            ? Response(status: status, headers: headers)
            : Response(status: status, headers: headers, body: ResponseBody(byteBuffer: body))
    }

    /// As it goes over the wire.
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
