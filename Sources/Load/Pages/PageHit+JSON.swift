import NIOCore

extension PageHit.Kind {
    var name: String {
        switch self {
        case .pageview: "pageview"
        case .engagement: "engagement"
        case .click: "click"
        case .impression: "impression"
        case .signup: "Signup"
        case .outboundLink: "Outbound Link: Click"
        case .purchase: "Purchase"
        case .progress: "Video: Progress"
        }
    }
}

extension PageHit {
    /// The address of the visitor, shared with one neighbour who has another agent.
    ///
    /// Half of them are IPv6: there the last 64 bits change with each hit.
    var address: String {
        let address = user >> 1
        if address & 1 == 0 { return "10.\(address >> 16).\(address >> 8 & 0xFF).\(address & 0xFF)" }
        let (high, low) = (String(address >> 16, radix: 16), String(address & 0xFFFF, radix: 16))
        return "2001:db8:\(high):\(low)::\(String(number & 0xFFFF, radix: 16))"
    }

    /// Appends the fields that belong to the kind.
    func writeDetails(into buffer: inout ByteBuffer) {
        switch kind {
        case .pageview, .click, .impression: break
        case .engagement:
            buffer.writeString(#","scroll":\#(detail % 101),"engaged":\#(detail >> 8 & 0xFFFF)"#)
        case .signup:
            buffer.writeStaticString(#","props":{"plan":"free","trial":true,"invited_by":null}"#)
        case .outboundLink:
            buffer.writeString(#","props":{"url":"https://site-\#(detail % 1_000).example.net/"}"#)
        case .purchase:
            let cents = String(100 + detail >> 4 & 0x3F)
            let quote = detail & 2 == 0 ? "" : "\""
            let currency = PageTexts.currencies[Int(detail >> 2 & 3)]
            buffer.writeString(
                #","value":\#(quote)\#(detail >> 16 & 0x3FF).\#(cents.dropFirst())\#(quote),"currency":"\#(currency)""#
            )
            buffer.writeString(#","props":{"items":\#(1 + detail >> 28),"coupon":null}"#)
        case .progress:
            buffer.writeString(#","interactive":false,"props":{"seconds":\#(detail & 0xFF)}"#)
        }
    }
}
