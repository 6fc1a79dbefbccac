/// The addresses of the files that pages load.
package struct AssetLinks: Sendable {
    package let style: Link
    package let script: Link
    package let icon: Link

    package init(_ links: Links) {
        style = Self.link(.style, links)
        script = Self.link(.script, links)
        icon = Self.link(.icon, links)
    }

    static func link(_ asset: PageAsset, _ links: Links) -> Link { links.path("a", asset.name) }
}
