package muster.planner.report;

import java.util.List;
import java.util.Locale;

/** Bars to both sides of a value, the longest on top, as SVG: how far an outcome moves with each of several inputs. */
final class TornadoChart {
    private static final String LOW_COLOUR = "#56b4e9";
    private static final String HIGH_COLOUR = "#d55e00";
    private static final int WIDTH = 820;
    private static final int LABELS = 260;
    private static final int EDGE = 20;
    private static final int ROW = 26;
    private static final int TOP = 34;

    /**
     * @param atLow the outcome with the input at its low end; not a number where there is none
     * @param atHigh likewise at its high end
     * @param shown in words, for a pointer that rests on the bar
     */
    record Bar(String label, double atLow, double atHigh, String shown) {}

    private final String title;
    private final double middle;
    private final String middleShown;
    private final List<Bar> bars;

    TornadoChart(String title, double middle, String middleShown, List<Bar> bars) {
        this.title = title;
        this.middle = middle;
        this.middleShown = middleShown;
        this.bars = List.copyOf(bars);
    }

    String svg() {
        int height = TOP + ROW * bars.size() + EDGE;
        double farthest = bars.stream()
                .flatMap(bar -> List.of(bar.atLow(), bar.atHigh()).stream())
                .filter(Double::isFinite)
                .mapToDouble(value -> Math.abs(value - middle))
                .max()
                .orElse(1);
        double half = (WIDTH - LABELS - EDGE) / 2.0;
        double scale = half / (farthest > 0 ? farthest : 1);
        double centre = LABELS + half;
        StringBuilder svg = new StringBuilder(1 << 12);
        svg.append(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\" font-family=\"sans-serif\" font-size=\"13\" fill=\"currentColor\">\n"
                        .formatted(WIDTH, height));
        svg.append("<title>").append(HtmlPage.escaped(title)).append("</title>\n");
        text(svg, centre, 16, "middle", middleShown);
        for (int index = 0; index < bars.size(); index++) {
            Bar bar = bars.get(index);
            int top = TOP + ROW * index;
            text(svg, LABELS - 8, top + ROW / 2 + 4, "end", shortened(bar.label()));
            side(svg, bar, bar.atLow(), centre, scale, top, LOW_COLOUR);
            side(svg, bar, bar.atHigh(), centre, scale, top, HIGH_COLOUR);
        }
        svg.append("<line x1=\"%s\" y1=\"%d\" x2=\"%s\" y2=\"%d\" stroke=\"#888\"/>\n"
                .formatted(number(centre), TOP - 8, number(centre), height - EDGE / 2));
        return svg.append("</svg>\n").toString();
    }

    private void side(StringBuilder svg, Bar bar, double value, double centre, double scale, int top, String colour) {
        if (!Double.isFinite(value) || value == middle) {
            return;
        }
        double length = (value - middle) * scale;
        svg.append(
                "<rect x=\"%s\" y=\"%d\" width=\"%s\" height=\"%d\" fill=\"%s\" fill-opacity=\"0.8\"><title>%s</title></rect>\n"
                        .formatted(
                                number(centre + Math.min(0, length)),
                                top + 4,
                                number(Math.max(1, Math.abs(length))),
                                ROW - 8,
                                colour,
                                HtmlPage.escaped(bar.label() + ": " + bar.shown())));
    }

    private static String shortened(String label) {
        return label.length() <= 38 ? label : label.substring(0, 37) + "…";
    }

    private static void text(StringBuilder svg, double x, int y, String anchor, String text) {
        svg.append("<text x=\"%s\" y=\"%d\" text-anchor=\"%s\">%s</text>\n"
                .formatted(number(x), y, anchor, HtmlPage.escaped(text)));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
