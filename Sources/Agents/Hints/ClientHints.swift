/// The client hints (headers `Sec-CH-UA…`) of a request as they are, which only browsers built on Chromium send.
package struct ClientHints: Hashable, Sendable {
    /// A client hint.
    package enum Name: Sendable {
        case brands, mobile, platform, platformVersion

        package var header: String {
            switch self {
            case .brands: "Sec-CH-UA"
            case .mobile: "Sec-CH-UA-Mobile"
            case .platform: "Sec-CH-UA-Platform"
            case .platformVersion: "Sec-CH-UA-Platform-Version"
            }
        }
    }

    /// The most bytes of a hint; a longer one is cut between characters.
    package static let bytesOfHint = 256

    /// A list of quoted brands with their versions.
    package let brands: String?
    /// `?1` on phones, otherwise `?0`.
    package let mobile: String?
    /// The quoted name of the system.
    package let platform: String?
    /// The quoted version of the system, which browsers send only when asked.
    package let platformVersion: String?

    package init(
        brands: String? = nil,
        mobile: String? = nil,
        platform: String? = nil,
        platformVersion: String? = nil
    ) {
        self.brands = brands?.cut(toBytes: Self.bytesOfHint)
        self.mobile = mobile?.cut(toBytes: Self.bytesOfHint)
        self.platform = platform?.cut(toBytes: Self.bytesOfHint)
        self.platformVersion = platformVersion?.cut(toBytes: Self.bytesOfHint)
    }

    /// The bytes of its texts.
    var bytes: Int {
        [brands, mobile, platform, platformVersion].reduce(0) { $0 + ($1?.utf8.count ?? 0) }
    }
}
