/// The invalid part of an input, and the reason that it is refused.
package struct Rejection: Error, Hashable, Sendable, CustomStringConvertible {
    /// The invalid part of the input.
    package enum Field: String, Sendable, CaseIterable {
        case timestamp, age, user, event, site, key, host, name, id, share, traits, referrer, body, account, address
        case contentType = "Content-Type"
        case idempotencyKey = "Idempotency-Key"
        case userAgent = "User-Agent"
    }

    /// The reason; fixed texts, which quote no part of the input.
    package enum Reason: String, Sendable, CaseIterable {
        case missing = "missing"
        case empty = "empty"
        case notDigits = "not a whole number in digits 0-9"
        case outOfRange = "out of range"
        case invalidTime = "neither seconds, milliseconds nor a time of RFC 3339"
        case besideTimestamp = "given beside timestamp"
        case beforeEarliest = "before the earliest accepted time"
        case pastRetention = "older than the retention of the site allows"
        case afterLatest = "too far in the future"
        case tooLong = "longer than 256 bytes"
        case containsNUL = "contains a NUL character"
        case invalidUTF8 = "not valid UTF-8"
        case invalidPercentEncoding = "broken percent-encoding"
        case unknownEvent = "neither click nor impression"
        case notText = "not a text"
        case notObject = "not a JSON object"
        case malformedJSON = "malformed JSON"
        case malformedCSV = "malformed CSV"
        case openQuote = "malformed CSV: a quote is never closed"
        case bareReturn = "a carriage return ends no line: end lines with LF or CRLF"
        case wrongColumns = "wrong number of columns"
        case wrongHeader = "the header line must name timestamp, user and event"
        case unknownColumns = "the header line names no field of a hit"
        case unsupported = """
            unsupported: send application/json, application/x-ndjson, text/csv or application/x-www-form-urlencoded
            """
        case noForm = """
            no form with timestamp, user or event: for anything else send application/json, application/x-ndjson or text/csv
            """
        case invalidKey = "not 1 to 128 visible ASCII characters"
        case invalidSite = "not 1 to 100 of the characters a-z, 0-9, '.', '_', '/' and '-'"
        case unknownSite = "no site of this name"
        case invalidName = "not 1 to 120 characters"
        case unknownKey = "unknown or revoked"
        case otherSite = "of another site"
        case wrongScope = "not of the scope that this needs"
        case excluded = "excluded by the site"
        case wrongRole = "the role of the account does not allow this"
        case needsKey = "the site takes nothing without a key"
        case foreignHost = "not a host of the site"
        case foreignOrigin = "not sent by a page of the site"
        case needsServerKey = "taken with a server key only"
        case tooOld = "further back than the site takes without a server key"
        case needsPassword = "the link has a password, which only its pages ask for"
        case hasFilters = "the link has filters, which do not apply to the counts of an hour"
        case dailyCap = "daily cap"
        case tooMany = "too many hits with this key from this address"
        case invalidSession = "the session is no UUID"
        case spam = "spam"
        case objection = "the sender objects to being recognized"
        case refusedByDatabase = "refused by the database"
    }

    package let field: Field
    package let reason: Reason

    package init(_ field: Field, _ reason: Reason) {
        self.field = field
        self.reason = reason
    }

    /// For example `timestamp: missing`.
    package var description: String { "\(field.rawValue): \(reason.rawValue)" }
}
