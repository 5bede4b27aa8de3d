// The page at `/`: places orders and shows the newest ones as they change.
const LOOK_EVERY_MS = 500;
const SHOWN = 15;

const message = document.getElementById('message');
const rows = document.getElementById('orders');
let shown = '';

document.getElementById('ticket').addEventListener('submit', (event) => {
  event.preventDefault();
  const { user_id, item, amount } = Object.fromEntries(new FormData(event.target));
  void ask('POST', 'orders', { user_id: Number(user_id), item, amount });
});

rows.addEventListener('click', (event) => {
  const { cancel } = event.target.dataset;
  if (cancel !== undefined) void ask('DELETE', `orders/${cancel}`);
});

async function ask(method, path, body) {
  try {
    const response = await fetch(path, {
      method,
      headers: body === undefined ? {} : { 'Content-Type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    message.textContent = response.ok ? '' : (await response.json()).detail;
    await look();
  } catch {
    message.textContent = 'The server does not answer.';
  }
}

async function look() {
  const response = await fetch(`orders?order=desc&limit=${SHOWN}`);
  if (!response.ok) throw new Error('no orders');
  const orders = await response.json();
  const text = JSON.stringify(orders);
  if (text === shown) return;
  shown = text;
  rows.replaceChildren(...(orders.length === 0 ? [emptyRow()] : orders.map(toRow)));
}

function toRow(order) {
  const row = document.createElement('tr');
  const { id, user_id, item, amount, status } = order;
  row.append(cell(id), cell(user_id), cell(item, 'item'), cell(amount, 'number'));
  const state = cell(status, status);
  if (status === 'OPEN') {
    const button = document.createElement('button');
    button.textContent = 'Cancel';
    button.dataset.cancel = id;
    button.setAttribute('aria-label', `Cancel order ${id}`);
    state.append(button);
  }
  row.append(state);
  return row;
}

function emptyRow() {
  const row = document.createElement('tr');
  const only = cell('No orders yet: place one above.');
  only.colSpan = 5;
  row.append(only);
  return row;
}

function cell(text, className = '') {
  const element = document.createElement('td');
  element.textContent = text;
  element.className = className;
  return element;
}

async function lookForEver() {
  try {
    await look();
    if (message.textContent === 'The server does not answer.') message.textContent = '';
  } catch {
    message.textContent = 'The server does not answer.';
  }
  setTimeout(() => void lookForEver(), LOOK_EVERY_MS);
}

void lookForEver();
