import Analytics

extension Span<UInt8> {
    /// The host of an authority (`user@host:port`) in lower case and punycode; nil if it is empty or invalid.
    ///
    /// A trailing dot is dropped. Names beyond ASCII are put in lower case and encoded, without the other mappings of
    /// IDNA, such as that of full-width letters: browsers have made them before.
    var hostOfAuthority: String? {
        var start = 0
        for index in indices where self[index] == UInt8(ascii: "@") { start = index + 1 }
        let host = extracting(start..<count)
        var end = host.portStart ?? host.count
        if end > 0, host[end - 1] == UInt8(ascii: ".") { end -= 1 }
        guard let written = host.extracting(0..<end).text?.lowercased() else { return nil }
        guard let name = written.utf8.allSatisfy({ $0 < 0x80 }) ? written : asciiHost(written) else { return nil }
        return Hostname.isHost(name[...]) ? name : nil
    }

    /// The index of the colon before the digits of a port at the end; nil without a port.
    private var portStart: Int? {
        var index = count
        while index > 0, (0x30...0x39).contains(self[index - 1]) { index -= 1 }
        guard index > 0, self[index - 1] == UInt8(ascii: ":") else { return nil }
        return index - 1
    }
}

/// A host in lower case with the labels that are not ASCII in punycode; nil if one has characters that no name has.
private func asciiHost(_ host: String) -> String? {
    let labels = host.unicodeScalars.split(omittingEmptySubsequences: false, whereSeparator: isDot)
    var encoded: [String] = []
    for label in labels {
        if label.allSatisfy(\.isASCII) {
            encoded.append(String(label))
        } else {
            guard label.count <= 59, label.allSatisfy(isOfName) else { return nil }
            encoded.append("xn--" + punycode(Array(label)))
        }
    }
    return encoded.joined(separator: ".")
}

/// True for a full stop, and for the three ideographic ones that stand for it.
private func isDot(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x2E, 0x3002, 0xFF0E, 0xFF61: true
    default: false
    }
}

private func isOfName(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .unassigned, .privateUse, .surrogate, .spaceSeparator, .lineSeparator, .paragraphSeparator: false
    default: true
    }
}
