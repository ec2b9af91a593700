using ScottPlot;

namespace Fringe.App.Reports.Drawing;

/// <summary>Where a row of images stands: the box of each image, the cell around it for its axes, and the colour bar.</summary>
internal sealed record PanelRow(PixelRect[] Cells, PixelRect[] Boxes, PixelRect BarCell, PixelRect Bar);
