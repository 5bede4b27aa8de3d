import { token } from '../theme/palette';
import type { Size } from '../ui/use-size';
import { compact, fromUnits, separated } from './logic/decimal';
import { roundStep, type Depth, type DepthPoint } from './logic/depth';

export interface DepthPicture {
  depth: Depth;
  /** How far from the middle is drawn, to both sides. */
  reach: number;
  quantityDecimals: number;
  priceDecimals: number;
  hovered: { side: 'bid' | 'ask'; point: DepthPoint } | null;
}

const AXIS = 20;
const HEADROOM = 1.12;
const MARK_WIDTH = 110;
const MARK_HEIGHT = 44;

export function priceAtX(x: number, width: number, mid: number, reach: number): number {
  return mid + (x / width - 0.5) * 2 * reach;
}

/** Draws the whole picture anew. */
export function drawDepth(canvas: HTMLCanvasElement, size: Size, picture: DepthPicture): void {
  const context = fitted(canvas, size);
  if (context === null) return;
  const scale = scaleOf(size, picture);
  context.clearRect(0, 0, size.width, size.height);
  context.font = `11px ${token('--font')}`;
  drawMarks(context, scale, picture);
  drawSide(context, scale, picture.depth.bids, -1);
  drawSide(context, scale, picture.depth.asks, 1);
  drawMiddle(context, scale);
  if (picture.hovered !== null) drawPoint(context, scale, picture.hovered);
}

interface Scale {
  width: number;
  /** Where the quantities stand on: above the marks of the prices. */
  floor: number;
  most: number;
  mid: number;
  reach: number;
  decimals: number;
  x: (price: number) => number;
  y: (total: number) => number;
}

function scaleOf(size: Size, { depth, reach, quantityDecimals }: DepthPicture): Scale {
  const units = [depth.bids, depth.asks].map((side) => side.at(-1)?.total ?? 0n);
  const unit = 10 ** quantityDecimals;
  const most = Math.max(...units.map((each) => Number(each) / unit), 1 / unit) * HEADROOM;
  const floor = size.height - AXIS;
  return {
    width: size.width,
    floor,
    most,
    mid: depth.mid,
    reach,
    decimals: quantityDecimals,
    x: (price) => ((price - depth.mid) / reach / 2 + 0.5) * size.width,
    y: (total) => floor - (total / most) * floor,
  };
}

/** As many pixels as the screen has for it. */
function fitted(canvas: HTMLCanvasElement, size: Size): CanvasRenderingContext2D | null {
  const ratio = window.devicePixelRatio;
  const [width, height] = [Math.round(size.width * ratio), Math.round(size.height * ratio)];
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }
  const context = canvas.getContext('2d');
  context?.setTransform(ratio, 0, 0, ratio, 0, 0);
  return context;
}

function drawSide(
  context: CanvasRenderingContext2D,
  scale: Scale,
  points: readonly DepthPoint[],
  direction: -1 | 1,
): void {
  const first = points[0];
  if (first === undefined) return;
  const name = direction < 0 ? 'up' : 'down';
  const edge = direction < 0 ? 0 : scale.width;
  context.beginPath();
  context.moveTo(scale.x(first.price), scale.floor);
  let level = scale.floor;
  for (const { price, total } of points) {
    context.lineTo(scale.x(price), level);
    level = scale.y(Number(total) / 10 ** scale.decimals);
    context.lineTo(scale.x(price), level);
  }
  context.lineTo(edge, level);
  context.lineWidth = 1.5;
  context.strokeStyle = token(`--${name}`);
  context.stroke();
  context.lineTo(edge, scale.floor);
  context.closePath();
  context.fillStyle = token(`--${name}-fill`);
  context.fill();
}

function drawMarks(context: CanvasRenderingContext2D, scale: Scale, picture: DepthPicture): void {
  context.strokeStyle = token('--grid');
  context.fillStyle = token('--text-soft');
  context.lineWidth = 1;
  context.textBaseline = 'middle';
  context.textAlign = 'center';
  const low = scale.mid - scale.reach;
  const step = roundStep(scale.reach * 2, scale.width / MARK_WIDTH);
  for (let at = Math.ceil(low / step) * step; at < scale.mid + scale.reach; at += step) {
    const x = scale.x(at);
    line(context, x, 0, x, scale.floor);
    const text = separated(at.toFixed(picture.priceDecimals));
    const half = context.measureText(text).width / 2;
    if (at >= 0 && x > half && x < scale.width - half) {
      context.fillText(text, x, scale.floor + AXIS / 2);
    }
  }
  context.textAlign = 'right';
  const height = roundStep(scale.most, scale.floor / MARK_HEIGHT);
  for (let at = height; at < scale.most; at += height) {
    const y = scale.y(at);
    line(context, 0, y, scale.width, y);
    if (y > 14) context.fillText(compact(at.toPrecision(6)), scale.width - 6, y - 7);
  }
}

function drawMiddle(context: CanvasRenderingContext2D, scale: Scale): void {
  const x = scale.x(scale.mid);
  context.strokeStyle = token('--line-strong');
  context.setLineDash([3, 3]);
  line(context, x, 0, x, scale.floor);
  context.setLineDash([]);
}

function drawPoint(
  context: CanvasRenderingContext2D,
  scale: Scale,
  { side, point }: { side: 'bid' | 'ask'; point: DepthPoint },
): void {
  const x = scale.x(point.price);
  const y = scale.y(Number(fromUnits(point.total, scale.decimals)));
  context.strokeStyle = token('--line-strong');
  line(context, x, 0, x, scale.floor);
  context.beginPath();
  context.arc(x, y, 4, 0, Math.PI * 2);
  context.fillStyle = token(side === 'bid' ? '--up' : '--down');
  context.fill();
  context.lineWidth = 2;
  context.strokeStyle = token('--surface');
  context.stroke();
}

function line(
  context: CanvasRenderingContext2D,
  x1: number,
  y1: number,
  x2: number,
  y2: number,
): void {
  context.beginPath();
  context.moveTo(Math.round(x1) + 0.5, Math.round(y1) + 0.5);
  context.lineTo(Math.round(x2) + 0.5, Math.round(y2) + 0.5);
  context.stroke();
}
