/// A link to a page of somebody else; only its text if the address is none of http or https.
package struct ForeignLink: Component {
    let address: String
    let text: String

    package init(_ address: String, text: String) {
        self.address = address
        self.text = text
    }

    package var html: HTML {
        let isSafe = ["https://", "http://"].contains { address.lowercased().hasPrefix($0) }
        guard isSafe else { return .name(text) }
        return "<a href=\"\(address)\" rel=\"noopener noreferrer nofollow\">\(HTML.name(text))</a>"
    }
}
