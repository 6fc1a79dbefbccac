import Foundation
import NIOCore

/// A hit as a server reads it.
struct SentHit: Decodable {
    enum CodingKeys: String, CodingKey, CaseIterable {
        case id, site, name, url, title, referrer, user, visitor, timestamp, props, value, currency, screen, language
        case interactive, scroll, engaged, ip, country, browser, os, device
        case userAgent = "user_agent"
        case browserVersion = "browser_version"
        case osVersion = "os_version"
    }

    /// A number or a text.
    enum Value: Decodable, Equatable {
        case number(Decimal)
        case text(String)

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            self =
                if let text = try? container.decode(String.self) { .text(text) } else {
                    .number(try container.decode(Decimal.self))
                }
        }
    }

    /// A value of a property: a text, a number, true, false or null.
    struct Property: Decodable {
        let text: String?

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if container.decodeNil() {
                text = nil
            } else if let flag = try? container.decode(Bool.self) {
                text = "\(flag)"
            } else if let number = try? container.decode(Decimal.self) {
                text = "\(number)"
            } else {
                text = try container.decode(String.self)
            }
        }
    }

    let id: String
    let site: String?
    let name: String
    let url: String
    let title: String
    let referrer: String?
    let user: String?
    let visitor: String?
    /// Milliseconds since 1970.
    let timestamp: Int
    let interactive: Bool?
    let scroll: Int?
    let engaged: Int?
    let props: [String: Property]?
    let value: Value?
    let currency: String?
    let screen: String
    let language: String
    let country: String
    let ip: String?
    let userAgent: String?
    let browser: String?
    let browserVersion: String?
    let os: String?
    let osVersion: String?
    let device: String?
}

extension SentHit {
    private static let names = Set(CodingKeys.allCases.map(\.rawValue))

    /// Reads the hit of a request with a single one.
    init(request: ByteBuffer) throws {
        let parts = String(buffer: request).components(separatedBy: "\r\n\r\n")
        guard parts.count == 2 else { throw CocoaError(.coderReadCorrupt) }
        try self.init(parsing: parts[1])
    }

    /// Reads a hit, which may have no other fields than these.
    init(parsing text: some StringProtocol) throws {
        let data = Data(text.utf8)
        let object = try JSONSerialization.jsonObject(with: data) as? [String: Any]
        guard let object, Set(object.keys).isSubset(of: Self.names) else { throw CocoaError(.coderReadCorrupt) }
        self = try JSONDecoder().decode(SentHit.self, from: data)
    }
}
