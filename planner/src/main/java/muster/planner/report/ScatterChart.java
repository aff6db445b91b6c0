package muster.planner.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Points over two logarithmic axes of the same range, with the diagonal and a band around it, as SVG. Groups differ by
 * colour and by shape.
 */
final class ScatterChart {
    /** Colours that people with common colour blindness tell apart (Okabe and Ito 2008). */
    private static final List<String> COLOURS =
            List.of("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#8c6d1f", "#666666", "#7a4fbf");

    private static final int SIZE = 640;
    private static final int MARGIN = 60;
    private static final int LEGEND = 170;

    /**
     * @param x above 0; {@code y} likewise
     * @param label shown when a pointer rests on it
     */
    record Point(String group, double x, double y, String label) {}

    private final String xTitle;
    private final String yTitle;
    private final double bandFraction;
    private final List<Point> points;
    private final StringBuilder svg = new StringBuilder(1 << 14);
    private double low;
    private double high;

    ScatterChart(String xTitle, String yTitle, double bandFraction, List<Point> points) {
        this.xTitle = xTitle;
        this.yTitle = yTitle;
        this.bandFraction = bandFraction;
        this.points = List.copyOf(points);
    }

    String svg() {
        low = 1;
        high = 10;
        if (!points.isEmpty()) {
            low = points.stream()
                    .mapToDouble(point -> Math.min(point.x(), point.y()))
                    .min()
                    .orElse(1);
            high = points.stream()
                    .mapToDouble(point -> Math.max(point.x(), point.y()))
                    .max()
                    .orElse(10);
        }
        low = Math.pow(10, Math.floor(Math.log10(low)));
        high = Math.max(10 * low, Math.pow(10, Math.ceil(Math.log10(high))));
        svg.append(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\" font-family=\"sans-serif\" font-size=\"13\" fill=\"currentColor\">\n"
                        .formatted(SIZE + LEGEND, SIZE));
        svg.append("<title>%s against %s</title>\n".formatted(HtmlPage.escaped(yTitle), HtmlPage.escaped(xTitle)));
        band();
        axes();
        List<String> groups = points.stream().map(Point::group).distinct().toList();
        points.forEach(point -> mark(point.x(), point.y(), groups.indexOf(point.group()), point.label()));
        legend(groups);
        return svg.append("</svg>\n").toString();
    }

    private void band() {
        double up = 1 + bandFraction;
        double down = 1 - bandFraction;
        List<double[]> corners = new ArrayList<>(List.of(
                new double[] {low, low * up},
                new double[] {high / up, high},
                new double[] {high, high},
                new double[] {high, high * down},
                new double[] {low / down, low},
                new double[] {low, low}));
        StringBuilder path = new StringBuilder();
        corners.forEach(corner -> path.append(number(x(corner[0])))
                .append(',')
                .append(number(y(corner[1])))
                .append(' '));
        svg.append("<polygon points=\"%s\" fill=\"#888\" fill-opacity=\"0.18\"/>\n"
                .formatted(path.toString().strip()));
        line(low, low, high, high, "#888");
    }

    private void axes() {
        for (double tick = low; tick <= high * 1.0001; tick *= 10) {
            line(tick, low, tick, high, "#8884");
            line(low, tick, high, tick, "#8884");
            String shown = Decimals.shortest(Double.parseDouble(String.format(Locale.ROOT, "%.0e", tick)))
                    .toPlainString();
            text(x(tick), SIZE - MARGIN + 18, "middle", shown);
            text(MARGIN - 8, y(tick) + 4, "end", shown);
        }
        text((SIZE + MARGIN - 20) / 2.0, SIZE - 14, "middle", xTitle);
        svg.append("<text transform=\"translate(16 %d) rotate(-90)\" text-anchor=\"middle\">%s</text>\n"
                .formatted(SIZE / 2, HtmlPage.escaped(yTitle)));
    }

    private void legend(List<String> groups) {
        for (int index = 0; index < groups.size(); index++) {
            double top = 30 + 20.0 * index;
            shape(SIZE + 10, top, index, "");
            text(SIZE + 22, top + 4, "start", groups.get(index));
        }
    }

    private void mark(double x, double y, int group, String label) {
        shape(x(x), y(y), group, "<title>" + HtmlPage.escaped(label) + "</title>");
    }

    private void shape(double x, double y, int group, String inside) {
        String style = "fill=\"%s\" fill-opacity=\"0.75\"".formatted(COLOURS.get(group % COLOURS.size()));
        String drawn = switch (group % 3) {
            case 0 ->
                "<circle cx=\"%s\" cy=\"%s\" r=\"4\" %s>%s</circle>\n".formatted(number(x), number(y), style, inside);
            case 1 ->
                "<rect x=\"%s\" y=\"%s\" width=\"7\" height=\"7\" %s>%s</rect>\n"
                        .formatted(number(x - 3.5), number(y - 3.5), style, inside);
            default ->
                "<polygon points=\"%s,%s %s,%s %s,%s\" %s>%s</polygon>\n"
                        .formatted(
                                number(x),
                                number(y - 5),
                                number(x + 5),
                                number(y + 4),
                                number(x - 5),
                                number(y + 4),
                                style,
                                inside);
        };
        svg.append(drawn);
    }

    private void line(double x1, double y1, double x2, double y2, String colour) {
        svg.append("<line x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\" stroke=\"%s\"/>\n"
                .formatted(number(x(x1)), number(y(y1)), number(x(x2)), number(y(y2)), colour));
    }

    private void text(double x, double y, String anchor, String text) {
        svg.append("<text x=\"%s\" y=\"%s\" text-anchor=\"%s\">%s</text>\n"
                .formatted(number(x), number(y), anchor, HtmlPage.escaped(text)));
    }

    private double x(double value) {
        return MARGIN + share(value) * (SIZE - MARGIN - 20);
    }

    private double y(double value) {
        return SIZE - MARGIN - share(value) * (SIZE - MARGIN - 20);
    }

    private double share(double value) {
        return Math.log(value / low) / Math.log(high / low);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
