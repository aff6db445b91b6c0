package muster.planner.report;

import java.util.List;
import java.util.Locale;

/**
 * Horizontal bars over one axis from 0, as SVG: amounts (bars from 0), ranges and spans of time (bars from low to high), or
 * sums built up part by part (each bar begins where the last one ended).
 */
final class BarChart {
    /** Colours that people with common colour blindness tell apart (Okabe and Ito 2008). */
    private static final List<String> COLOURS =
            List.of("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#8c6d1f", "#666666", "#7a4fbf");

    private static final int WIDTH = 820;
    private static final int LABELS = 250;
    private static final int VALUES = 170;
    private static final int ROW = 26;
    private static final int TOP = 10;
    private static final int LEAST_BAR = 2;

    /**
     * @param label left of the bar
     * @param shown right of the axis: what the bar says in words
     * @param colour index of a colour; bars of one kind share theirs
     */
    record Bar(String label, double from, double to, String shown, int colour) {}

    private final String title;
    private final List<Bar> bars;

    BarChart(String title, List<Bar> bars) {
        this.title = title;
        this.bars = List.copyOf(bars);
    }

    String svg() {
        int height = TOP + ROW * bars.size() + TOP;
        StringBuilder svg = new StringBuilder(1 << 12);
        svg.append(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\" font-family=\"sans-serif\" font-size=\"13\" fill=\"currentColor\">\n"
                        .formatted(WIDTH, height));
        svg.append("<title>").append(HtmlPage.escaped(title)).append("</title>\n");
        double most = bars.stream()
                .mapToDouble(Bar::to)
                .filter(Double::isFinite)
                .max()
                .orElse(1);
        double scale = (WIDTH - LABELS - VALUES) / (most > 0 ? most : 1);
        for (int index = 0; index < bars.size(); index++) {
            bar(svg, bars.get(index), TOP + ROW * index, scale, most);
        }
        svg.append("<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" stroke=\"#888\"/>\n"
                .formatted(LABELS, TOP / 2, LABELS, height - TOP / 2));
        return svg.append("</svg>\n").toString();
    }

    private static void bar(StringBuilder svg, Bar bar, int top, double scale, double most) {
        double from = Math.clamp(bar.from(), 0, most);
        double to = Math.clamp(bar.to(), from, most);
        int middle = top + ROW / 2 + 4;
        text(svg, LABELS - 8, middle, "end", shortened(bar.label()));
        svg.append("<rect x=\"%s\" y=\"%d\" width=\"%s\" height=\"%d\" fill=\"%s\"><title>%s</title></rect>\n"
                .formatted(
                        number(LABELS + from * scale),
                        top + 4,
                        number(Math.max(LEAST_BAR, (to - from) * scale)),
                        ROW - 8,
                        COLOURS.get(bar.colour() % COLOURS.size()),
                        HtmlPage.escaped(bar.label() + ": " + bar.shown())));
        text(svg, WIDTH - VALUES + 8, middle, "start", bar.shown());
    }

    private static String shortened(String label) {
        return label.length() <= 36 ? label : label.substring(0, 35) + "…";
    }

    private static void text(StringBuilder svg, int x, int y, String anchor, String text) {
        svg.append("<text x=\"%d\" y=\"%d\" text-anchor=\"%s\">%s</text>\n"
                .formatted(x, y, anchor, HtmlPage.escaped(text)));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
