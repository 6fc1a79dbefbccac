/// The lists from which the attributes of hits are taken, the most common first.
enum PageTexts {
    /// A browser on a system.
    struct Agent: Sendable {
        /// The name of the browser, a blank, and its version.
        let browser: String
        /// The name of the operating system, a blank, and its version.
        let os: String
        let device: Device
        /// The share among the visitors, in per cent.
        let weight: Int
        /// The text that the browser sends; `#` stands for the number of the run.
        let text: String

        init(_ browser: String, _ os: String, _ device: Device, _ weight: Int, _ text: String) {
            self.browser = browser
            self.os = os
            self.device = device
            self.weight = weight
            self.text = text
        }
    }

    enum Device: String, Sendable, CaseIterable {
        case desktop, mobile, tablet
    }

    static let screensOfDevice = 6

    /// The index of the first screen of a device.
    static func screens(of device: Device) -> Int {
        switch device {
        case .desktop: 0
        case .mobile: screensOfDevice
        case .tablet: 2 * screensOfDevice
        }
    }

    static let screens = words(
        """
        1920x1080 1536x864 1366x768 2560x1440 1440x900 3840x2160
        390x844 393x873 360x800 412x915 430x932 375x667
        820x1180 768x1024 1024x1366 800x1280 834x1194 1280x800
        """
    )

    static let languages = words(
        """
        en-US de-DE en-GB fr-FR es-ES pt-BR it-IT ja-JP nl-NL zh-CN pl-PL ru-RU tr-TR ko-KR sv-SE en es-MX da-DK fr-CA
        cs-CZ zh-TW fi-FI nb-NO hu-HU ar el-GR ro-RO uk-UA id-ID zh-Hant-HK
        """
    )

    static let countries = words(
        """
        US DE GB FR IN CA NL BR AU ES IT JP PL SE CH AT BE TR MX RU KR DK NO FI IE PT CZ ID SG UA ZA HK TW IL NZ RO GR HU
        AR VN PH TH MY CL CO AE SA EG PK BD NG KE SK BG HR RS LT SI LV EE PE MA KZ LK NP EC UY LU TN DZ GE BY AM AZ QA KW
        JO LB OM BH IQ CY MT IS BA MK AL MD GH TZ UG ET SN CI CM ZM ZW RW MZ AO MG BO PY VE CR PA GT SV HN NI DO CU JM TT
        PR MN KH LA FJ BN
        """
    )

    static let campaignSources = words("newsletter google facebook partner linkedin")
    static let campaignMedia = words("email cpc social referral")
    static let currencies = words("EUR USD GBP JPY")

    /// Hosts of the first referrers; the others have made-up names.
    static let knownReferrers = words(
        """
        www.google.com www.bing.com duckduckgo.com t.co www.facebook.com news.ycombinator.com www.reddit.com github.com
        www.linkedin.com www.youtube.com
        """
    )

    private static func words(_ text: String) -> [String] {
        text.split(whereSeparator: \.isWhitespace).map(String.init)
    }
}
