package import HTTPTypes
package import Hummingbird
package import NIOCore

extension Response {
    /// An answer of JSON.
    package init(status: HTTPResponse.Status = .ok, json: JSON) {
        self.init(status: status, jsonText: json.buffer)
    }

    /// An answer of JSON text.
    package init(status: HTTPResponse.Status = .ok, jsonText: ByteBuffer) {
        self.init(status: status, headers: [.contentType: "application/json"], body: ResponseBody(byteBuffer: jsonText))
    }
}
