import CPostgres

/// The parameters of a connection URI or keyword string, parsed by libpq; environment variables are not included.
package struct ConnectionParameters: Sendable, Hashable {
    /// One keyword and its value, which is not empty.
    struct Parameter: Sendable, Hashable {
        let keyword: String
        let value: String
        let isSecret: Bool
    }

    /// An invalid connection string; the description quotes no part of it, as that may be the password.
    package enum Malformed: Error, Sendable, CaseIterable, CustomStringConvertible {
        case syntax
        case userinfo
        case port
        case database
        case encoding

        package var description: String {
            switch self {
            case .syntax:
                "is neither a connection URI (postgres://user@host/database) nor keywords (host=… user=… dbname=…); in a "
                    + "URI special characters of the password are percent-encoded, in keywords it stands in single quotes"
            case .userinfo:
                "has an '@' or '/' in the user name or the password: write them as %40 and %2F"
            case .port:
                "has a port that is no number from 1 to 65535"
            case .database:
                "has another connection string in place of the name of the database"
            case .encoding:
                "is not in UTF-8"
            }
        }
    }

    private(set) var parameters: [Parameter] = []

    /// Parses a connection URI or keyword string.
    ///
    /// libpq's own message is not used: it would quote parts of the string, possibly the password.
    package init(parsing text: String) throws(Malformed) {
        guard !text.utf8.contains(0) else { throw .syntax }
        guard Self.endsUserinfoOnce(text) else { throw .userinfo }
        guard let options = PQconninfoParse(text, nil) else { throw .syntax }
        defer { PQconninfoFree(options) }
        var option = options
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val, value.pointee != 0 {
                guard let text = String(validatingCString: value) else { throw .encoding }
                append(String(cString: keyword), text, marked: String(cString: option.pointee.dispchar))
            }
            option += 1
        }
        try check()
    }

    /// True if the string contains a password.
    package var hasPassword: Bool { parameters.contains { $0.keyword == "password" } }

    /// The same parameters with a password.
    package func with(password: String) -> ConnectionParameters {
        var changed = self
        changed.parameters.removeAll { $0.keyword == "password" }
        changed.append("password", password, marked: "*")
        return changed
    }

    /// A keyword string for libpq, the password included.
    package var string: String {
        parameters.map { "\($0.keyword)=\(Self.quoted($0.value))" }.joined(separator: " ")
    }

    /// The password; nil without one.
    package var password: String? { parameters.first { $0.keyword == "password" }?.value }

    /// A keyword string for libpq without passwords.
    package var stringWithoutSecrets: String {
        parameters.filter { !$0.isSecret }.map { "\($0.keyword)=\(Self.quoted($0.value))" }.joined(separator: " ")
    }

    /// Pairs for `PQconnectdbParams`.
    var pairs: [(keyword: String, value: String)] { parameters.map { ($0.keyword, $0.value) } }

    private mutating func append(_ keyword: String, _ value: String, marked mark: String) {
        // libpq marks passwords with an asterisk, but not every version marks the newer kinds of secrets.
        let isSecret = mark == "*" || ["password", "secret", "_key"].contains { keyword.hasSuffix($0) }
        parameters.append(Parameter(keyword: keyword, value: value, isSecret: isSecret))
    }

    /// Refuses values that may contain a misplaced password: libpq or the server would quote them in an error message.
    private func check() throws(Malformed) {
        for parameter in parameters {
            switch parameter.keyword {
            case "port":
                let ports = parameter.value.split(separator: ",")
                guard ports.allSatisfy({ UInt16($0).map { $0 > 0 } ?? false }) else { throw .port }
            case "dbname":
                let isString = Self.schemes.contains { parameter.value.hasPrefix($0) }
                guard !isString, !parameter.value.contains("password") || !parameter.value.contains("=") else {
                    throw .database
                }
            default: break
            }
        }
    }

    private static let schemes = ["postgres://", "postgresql://"]

    /// False if an unencoded `@` or `/` in the user name or password of a URI would end it too early.
    ///
    /// libpq ends them at the first `@` or `/`. A second `@` before the parameters shows that the first was part of the
    /// password, the rest of which libpq would take for host, port and database.
    private static func endsUserinfoOnce(_ text: String) -> Bool {
        guard let scheme = schemes.first(where: text.hasPrefix) else { return true }
        let rest = text.utf8.dropFirst(scheme.utf8.count)
        let behind = rest.drop { $0 != UInt8(ascii: "@") && $0 != UInt8(ascii: "/") }.dropFirst()
        return !behind.prefix { $0 != UInt8(ascii: "?") }.contains(UInt8(ascii: "@"))
    }

    private static func quoted(_ value: String) -> String {
        let isPlain = value.utf8.allSatisfy { byte in
            UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte || UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte
                || UInt8(ascii: "-")...UInt8(ascii: "9") ~= byte || byte == UInt8(ascii: "_")
        }
        if isPlain && !value.isEmpty { return value }
        let escaped = value.flatMap { $0 == "'" || $0 == "\\" ? ["\\", $0] : [$0] }
        return "'\(String(escaped))'"
    }
}

extension ConnectionParameters: CustomStringConvertible {
    /// A keyword string with `***` in place of each secret.
    package var description: String {
        parameters.map { "\($0.keyword)=\($0.isSecret ? "***" : Self.quoted($0.value))" }.joined(separator: " ")
    }
}

extension PostgresError {
    /// The error for an invalid connection string; the message quotes no part of it.
    init(_ malformed: ConnectionParameters.Malformed) {
        self.init(state: .none, message: "the connection string \(malformed)")
    }
}
