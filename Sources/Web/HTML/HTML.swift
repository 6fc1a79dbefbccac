/// HTML in UTF-8, written as a literal in which interpolated text is escaped.
package struct HTML: Sendable, Hashable {
    package private(set) var bytes: [UInt8]

    init(bytes: [UInt8]) { self.bytes = bytes }

    /// The HTML as text.
    package var text: String { String(decoding: bytes, as: UTF8.self) }

    package static func + (first: HTML, second: HTML) -> HTML { HTML(bytes: first.bytes + second.bytes) }

    package static func += (html: inout HTML, other: HTML) { html.bytes += other.bytes }

    /// A name that somebody chose, whose direction of writing leaves its surroundings alone.
    package static func name(_ text: String) -> HTML { "<bdi>\(text)</bdi>" }
}

extension HTML: ExpressibleByStringInterpolation {
    package init(stringLiteral value: String) { bytes = Array(value.utf8) }

    package init(stringInterpolation: StringInterpolation) { bytes = stringInterpolation.bytes }

    /// The parts of a literal: what is written is HTML, and text that is put into it is escaped.
    package struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var bytes: [UInt8] = []

        package init(literalCapacity: Int, interpolationCount: Int) {
            bytes.reserveCapacity(literalCapacity + interpolationCount * 16)
        }

        package mutating func appendLiteral(_ literal: String) { bytes += literal.utf8 }

        package mutating func appendInterpolation(_ text: some StringProtocol) { bytes.append(escaping: text) }

        package mutating func appendInterpolation(_ number: Int) { bytes += "\(number)".utf8 }

        package mutating func appendInterpolation(_ link: Link) { bytes.append(escaping: link.text) }

        package mutating func appendInterpolation(_ html: HTML) { bytes += html.bytes }

        package mutating func appendInterpolation(_ html: HTML?) { bytes += html?.bytes ?? [] }

        package mutating func appendInterpolation(_ html: [HTML]) { for part in html { bytes += part.bytes } }

        package mutating func appendInterpolation(_ component: some Component) { bytes += component.html.bytes }

        package mutating func appendInterpolation(_ component: (some Component)?) {
            bytes += component?.html.bytes ?? []
        }

        package mutating func appendInterpolation(_ components: [some Component]) {
            for component in components { bytes += component.html.bytes }
        }

        /// Appends an attribute with a blank before it, or nothing without a value.
        package mutating func appendInterpolation(attribute name: StaticString, _ value: String?) {
            guard let value else { return }
            bytes += " \(name)=\"".utf8
            bytes.append(escaping: value)
            bytes.append(UInt8(ascii: "\""))
        }

        /// Appends an attribute that has no value, with a blank before it, or nothing if it does not hold.
        package mutating func appendInterpolation(flag name: StaticString, _ holds: Bool) {
            if holds { bytes += " \(name)".utf8 }
        }
    }
}
