/// The form for the logo of an organisation: one file, or none in its place.
struct LogoForm: Component {
    let organisation: String
    let hasLogo: Bool
    let form: FormState
    let links: Links

    private var target: Link { links.organisation(organisation) }

    var html: HTML {
        let input: HTML = """
            <input id="\(form.id(of: "logo"))" name="logo" type="file" required accept="image/png,image/jpeg,image/webp"\
            \(FieldBox.references(name: "logo", form: form, hasHint: true))>
            """
        let field = FieldBox(
            name: "logo",
            label: "Image",
            form: form,
            hint: "PNG, JPEG or WebP, up to 64 KiB. It is shown 48 pixels high.",
            isOptional: false,
            input: input
        )
        return Card(
            title: "Logo",
            content: """
                <form method="post" enctype="multipart/form-data" action="\(target)">
                <input type="hidden" name="action" value="logo">
                <div class="body">\(form.notice)\(image)\(field)</div>
                <div class="foot">\(Button(hasLogo ? "Replace" : "Upload"))</div></form>
                \(hasLogo ? removal : nil)
                """
        ).html
    }

    private var image: HTML? {
        hasLogo ? "<p><img class=\"logo\" src=\"\(links.logo(of: organisation))\" alt=\"The present logo\"></p>" : nil
    }

    private var removal: HTML {
        ButtonForm(target: target, values: ["action": "remove_logo"], button: Button("Remove the logo", .quiet)).html
    }
}
