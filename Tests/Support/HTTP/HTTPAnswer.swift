package import NIOHTTP1

/// A complete answer.
package struct HTTPAnswer: Sendable {
    package let status: Int
    package let headers: HTTPHeaders
    package let body: String

    /// The first value of a header.
    package subscript(_ name: String) -> String? { headers.first(name: name) }
}
