/// A secret that was just made and is not shown again.
package struct SecretOnce: Component, Hashable {
    /// What the secret is, such as "Read key grafana".
    let title: String
    let secret: String
    let text: String

    /// - Parameters:
    ///   - title: What the secret is.
    ///   - secret: The secret.
    ///   - text: What is to be done with it.
    package init(_ title: String, secret: String, text: String) {
        self.title = title
        self.secret = secret
        self.text = text
    }

    package var html: HTML {
        """
        <section class="card secret" role="status">
        <div class="head"><h2>\(title)</h2><p>\(text)</p></div>
        <div class="body">\(CopyBox(id: "secret", label: title, text: secret))\
        <p class="hint">Copy it now: it is not shown again.</p></div>
        </section>
        """
    }
}
