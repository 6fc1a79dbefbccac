package import HTTPTypes

extension HTTPFields {
    /// True if the client wants a refusal instead of a silent 204: `Prefer: handling=strict` (RFC 7240, section 4.4).
    package var preferStrict: Bool {
        guard let prefer = self[.prefer] else { return false }
        return prefer.lowercased().split(separator: ",").contains { preference in
            preference.prefix { $0 != ";" }.filter { $0 != " " && $0 != "\"" } == "handling=strict"
        }
    }

    /// The media type of the body, without parameters and in lower case; nil if it is not given.
    package var mediaType: String? {
        self[.contentType].map(\.mediaType)
    }
}

extension String {
    /// The media type in a value of `Content-Type`, without parameters and in lower case.
    package var mediaType: String {
        prefix { $0 != ";" }.lowercased().filter { $0 != " " && $0 != "\t" }
    }

    /// True for a valid id of a request: 1 to 128 visible ASCII characters.
    var isRequestID: Bool {
        (1...128).contains(utf8.count) && utf8.allSatisfy { (0x21...0x7E).contains($0) }
    }
}
