package muster.planner.report;

import java.util.List;

/**
 * A page for a browser in the making: one file without network, every text escaped. A chart never stands without the
 * table of what it shows.
 */
final class HtmlPage {
    private static final String STYLE = """
            body{font:15px/1.45 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem;color:#1a1a1a;background:#fff}
            table{border-collapse:collapse;margin:.5rem 0 1.5rem;font-variant-numeric:tabular-nums}
            th,td{padding:.15rem .6rem;text-align:left;border-bottom:1px solid #ddd;vertical-align:top}
            .right{text-align:right}
            figure{margin:1rem 0}
            figcaption{color:#555}
            svg{max-width:100%;height:auto}
            section{border-top:2px solid #888;margin-top:2rem}
            .verdict{font-weight:600;border-left:.4rem solid #888;padding-left:.6rem}
            .good{border-color:#009e73}.doubtful{border-color:#e69f00}.bad{border-color:#d55e00}
            .wide{overflow-x:auto}
            @media(prefers-color-scheme:dark){body{color:#eee;background:#151515}th,td{border-color:#444}figcaption{color:#aaa}}
            @media print{body{max-width:none;margin:0;font-size:10pt;color:#000;background:#fff}h2,h3{break-after:avoid}figure,tr{break-inside:avoid}.wide{overflow:visible}}
            """;

    private final StringBuilder body = new StringBuilder(1 << 14);
    private final String title;

    HtmlPage(String title) {
        this.title = title;
        body.append("<h1>").append(escaped(title)).append("</h1>\n");
    }

    HtmlPage heading(String text) {
        body.append("<h2>").append(escaped(text)).append("</h2>\n");
        return this;
    }

    /** A part with a line above it, such as one claim of several. */
    HtmlPage part(String text) {
        body.append("<section><h2>").append(escaped(text)).append("</h2></section>\n");
        return this;
    }

    HtmlPage subheading(String text) {
        body.append("<h3>").append(escaped(text)).append("</h3>\n");
        return this;
    }

    /** A sentence whose meaning a colour at its side repeats. */
    HtmlPage verdict(Page.Tone tone, String text) {
        String kind = switch (tone) {
            case GOOD -> " good";
            case DOUBTFUL -> " doubtful";
            case BAD -> " bad";
            case PLAIN, STRONG -> "";
        };
        body.append("<p class=\"verdict")
                .append(kind)
                .append("\">")
                .append(escaped(text))
                .append("</p>\n");
        return this;
    }

    HtmlPage items(List<String> texts) {
        body.append("<ul>\n");
        texts.forEach(text -> body.append("<li>").append(escaped(text)).append("</li>\n"));
        body.append("</ul>\n");
        return this;
    }

    HtmlPage paragraph(String text) {
        body.append("<p>").append(escaped(text)).append("</p>\n");
        return this;
    }

    /**
     * @param svg made by one of our charts, whose texts are escaped already
     */
    HtmlPage chart(String svg, String caption) {
        body.append("<figure>\n")
                .append(svg)
                .append("<figcaption>")
                .append(escaped(caption))
                .append("</figcaption>\n</figure>\n");
        return this;
    }

    /**
     * @param headings one that begins with {@code >} sets its column to the right
     */
    HtmlPage table(List<String> headings, List<List<String>> rows) {
        body.append("<div class=\"wide\"><table>\n<thead><tr>");
        headings.forEach(heading ->
                cell("th", heading.startsWith(">"), heading.startsWith(">") ? heading.substring(1) : heading));
        body.append("</tr></thead>\n<tbody>\n");
        for (List<String> row : rows) {
            body.append("<tr>");
            for (int column = 0; column < row.size(); column++) {
                cell("td", headings.get(column).startsWith(">"), row.get(column));
            }
            body.append("</tr>\n");
        }
        body.append("</tbody>\n</table></div>\n");
        return this;
    }

    private void cell(String tag, boolean right, String text) {
        body.append('<').append(tag).append(right ? " class=\"right\">" : ">");
        body.append(escaped(text)).append("</").append(tag).append('>');
    }

    String text() {
        return """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
                <title>%s</title>
                <style>
                %s</style>
                </head>
                <body>
                %s</body>
                </html>
                """.formatted(escaped(title), STYLE, body);
    }

    /** {@return text that no browser takes for markup, in elements and in quoted attributes} */
    static String escaped(String text) {
        StringBuilder safe = new StringBuilder(text.length() + 16);
        Printable.of(text).codePoints().forEach(codePoint -> {
            switch (codePoint) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> safe.appendCodePoint(codePoint);
            }
        });
        return safe.toString();
    }
}
