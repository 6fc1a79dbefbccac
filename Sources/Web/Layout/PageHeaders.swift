/// The headers of every page, by which browsers keep to what pages of ours do.
package struct PageHeaders: Sendable {
    /// The names and values, in the order in which they are sent.
    package let fields: [(name: String, value: String)]

    /// - Parameter isEncrypted: True if browsers reach the server by https, and shall do so from now on.
    package init(isEncrypted: Bool) {
        fields =
            [
                ("Content-Security-Policy", Self.policy),
                ("X-Content-Type-Options", "nosniff"),
                // With `no-referrer` the `Origin` of our own forms would be `null`.
                ("Referrer-Policy", "same-origin"),
                ("Cross-Origin-Opener-Policy", "same-origin"),
                ("Cross-Origin-Resource-Policy", "same-origin"),
                ("Permissions-Policy", "camera=(), microphone=(), geolocation=()"),
                ("Cache-Control", "private, no-cache"),
            ] + (isEncrypted ? [("Strict-Transport-Security", "max-age=31536000")] : [])
    }

    /// No script and style but those of the server's own files, and no frame around a page.
    package static let policy = """
        default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
        form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; \
        trusted-types hourglass
        """
}
