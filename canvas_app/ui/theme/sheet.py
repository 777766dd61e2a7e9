"""The words of the style sheet, with the names of the tokens in place of their values."""

SHEET = """
* { outline: none; }
QMainWindow, QDialog, QWidget[surface="ground"] { background: $ground; }
QWidget[surface="panel"], QDialog { background: $panel; }
QLabel { background: transparent; }
QLabel[role="page-title"] { font-size: ${page_title}px; font-weight: 600; }
QLabel[role="panel-title"] { font-size: ${panel_title}px; font-weight: 600; }
QLabel[role="strong"] { font-weight: 600; }
QLabel[role="section"] { font-size: ${secondary}px; font-weight: 600; color: $muted; }
QLabel[role="label"] { font-size: ${secondary}px; font-weight: 500; color: $muted; }
QLabel[role="secondary"] { font-size: ${secondary}px; color: $muted; }
QLabel[role="muted"] { color: $muted; }
QLabel[role="caption"] { font-size: ${caption}px; color: $muted; }
QLabel[role="number"] { font-size: ${page_title}px; font-weight: 600; }
QLabel[role="problem"] { font-size: ${secondary}px; color: $bad; }
QLabel[role="warning"] { font-size: ${secondary}px; color: $warn; }
QLabel[role="good"] { font-size: ${secondary}px; color: $good; }
QLabel[role="mono"], QPlainTextEdit[role="mono"], QLineEdit[role="mono"] { font-family: "$mono", monospace;
  }
QLabel[role="key"] { font-family: "$mono", monospace; font-size: ${caption}px; color: $muted; border: 1px
  solid $line; border-radius: 4px; padding: 1px 5px; }

QFrame[card="true"] { background: $panel; border: 1px solid $line; border-radius: ${card_radius}px; }
QFrame[card="sunken"] { background: $ground; border: 1px solid $line; border-radius: ${card_radius}px; }
QFrame[card="drop"] { background: $panel; border: 1px dashed $strong_line; border-radius: ${card_radius}px;
  }
QFrame[card="drop"][over="true"] { background: $accent_soft; border-color: $accent; }
QFrame[line="true"] { background: $line; border: none; max-height: 1px; min-height: 1px; }
QFrame[line="upright"] { background: $line; border: none; max-width: 1px; min-width: 1px; }

QPushButton, QToolButton { background: $raised; border: 1px solid $line; border-radius: ${control_radius}px;
  min-height: ${inside}px; padding: 0 12px; font-weight: 500; }
QPushButton:hover, QToolButton:hover { border-color: $strong_line; background: $hover; }
QPushButton:pressed, QToolButton:pressed { background: $line; }
QPushButton:disabled, QToolButton:disabled { color: $faint; background: $panel; border-color: $faint_line; }
QPushButton:focus, QToolButton:focus { border: 2px solid $accent; padding: 0 11px; min-height: ${inside}px;
  max-height: ${inside}px; }
QPushButton[dense="true"], QToolButton[dense="true"] { min-height: ${dense_inside}px; padding: 0 10px; }
QPushButton[dense="true"]:focus, QToolButton[dense="true"]:focus { min-height: ${dense_inside}px;
  max-height: ${dense_inside}px; padding: 0 9px; }
QPushButton[look="primary"] { background: $accent; border-color: $accent; color: $on_accent; font-weight:
  600; }
QPushButton[look="primary"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[look="primary"]:focus { border: 2px solid $text; }
QPushButton[look="primary"]:disabled { background: $line; border-color: $line; color: $muted; }
QPushButton[look="danger"] { color: $bad; }
QPushButton[look="quiet"], QToolButton[look="quiet"] { background: transparent; border-color: transparent; }
QPushButton[look="quiet"]:hover, QToolButton[look="quiet"]:hover { background: $hover; }
QPushButton[look="quiet"]:focus, QToolButton[look="quiet"]:focus { border: 2px solid $accent; }
QPushButton[look="link"] { background: transparent; border: 1px solid transparent; color: $accent; padding:
  0 2px; text-align: left; }
QPushButton[look="link"]:hover { color: $accent_hover; }
QPushButton[look="link"]:focus { border: 1px solid $accent; padding: 0 2px; }
QPushButton[look="chip"] { background: $accent_soft; border: 1px solid $accent_soft; color: $accent;
  border-radius: ${chip_radius}px; min-height: 20px; max-height: 20px; padding: 0 7px; font-size:
  ${secondary}px; }
QPushButton[look="chip"]:hover { border-color: $accent; }
QPushButton[look="chip"]:focus { border: 1px solid $accent; padding: 0 7px; min-height: 20px; max-height:
  20px; }
QPushButton[look="tile"] { background: $panel; border: 1px solid $line; border-radius: ${card_radius}px;
  text-align: left; padding: 0; }
QPushButton[look="tile"]:hover { border-color: $accent; }
QPushButton[look="tile"]:focus { border: 2px solid $accent; max-height: 100000px; padding: 0; }
QToolButton::menu-indicator, QPushButton::menu-indicator { image: none; width: 0; }
QToolButton[icon-only="true"] { padding: 0; min-width: ${inside}px; max-width: ${inside}px; }
QToolButton[icon-only="true"][dense="true"] { min-width: ${dense_inside}px; max-width: ${dense_inside}px; }

QPushButton[look="chip"]:disabled { background: $chip; border-color: $chip; color: $muted; }
QPushButton[look="chip"][wrong="true"] { background: $bad_soft; border-color: $bad_soft; color: $bad; }
QFrame[segments="true"] { background: $panel; border: 1px solid $line; border-radius: ${control_radius}px; }

QLineEdit, QComboBox, QSpinBox, QDoubleSpinBox, QDateTimeEdit, QDateEdit { background: $panel; border: 1px
  solid $line; border-radius: ${control_radius}px; min-height: ${inside}px; padding: 0 9px;
  selection-background-color: $accent; selection-color: $on_accent; }
QLineEdit, QAbstractSpinBox { placeholder-text-color: $faint; }
QLineEdit:hover, QComboBox:hover, QAbstractSpinBox:hover { border-color: $strong_line; }
QLineEdit:focus, QComboBox:focus, QAbstractSpinBox:focus { border: 2px solid $accent; padding: 0 8px;
  min-height: ${inside}px; max-height: ${inside}px; }
QLineEdit:disabled, QComboBox:disabled, QAbstractSpinBox:disabled { color: $muted; background: $ground; }
QLineEdit[wrong="true"], QComboBox[wrong="true"], QAbstractSpinBox[wrong="true"],
  QPlainTextEdit[wrong="true"], QFrame[wrong="true"] { border-color: $bad; }
QLineEdit[dense="true"], QComboBox[dense="true"], QAbstractSpinBox[dense="true"] { min-height:
  ${dense_inside}px; max-height: ${dense_inside}px; }
QLineEdit[bare="true"], QLineEdit[bare="true"]:focus { border: none; background: transparent; min-height:
  22px; max-height: 22px; padding: 0 4px; }
QComboBox QLineEdit, QAbstractSpinBox QLineEdit { border: none; min-height: 0; max-height: 100px;
  padding: 0 7px; background: transparent; }
QComboBox::drop-down { border: none; width: 24px; }
QComboBox::down-arrow { image: url($marks/caret-$name.svg); width: 10px; height: 10px; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { border: none; width: 20px; background:
  transparent; }
QAbstractSpinBox::up-button:hover, QAbstractSpinBox::down-button:hover { background: $hover; }
QAbstractSpinBox::up-arrow { image: url($marks/caret-up-$name.svg); width: 9px; height: 9px; }
QAbstractSpinBox::down-arrow { image: url($marks/caret-$name.svg); width: 9px; height: 9px; }
QComboBox QAbstractItemView, QListView#completer { background: $raised; border: 1px solid $line;
  border-radius: ${control_radius}px; padding: 4px; selection-background-color: $accent_soft;
  selection-color: $text; }
QComboBox QAbstractItemView::item { min-height: 26px; padding: 0 6px; border-radius: 5px; }
QFrame[box="true"] { background: $panel; border: 1px solid $line; border-radius: ${control_radius}px; }
QFrame[box="true"]:disabled { background: $ground; }
QFrame[box="true"][focused="true"] { border: 1px solid $accent; }
QPlainTextEdit, QTextEdit { background: $panel; border: 1px solid $line; border-radius: ${control_radius}px;
  padding: 6px 8px; selection-background-color: $accent; selection-color: $on_accent; }
QPlainTextEdit:focus, QTextEdit:focus { border: 2px solid $accent; padding: 5px 7px; }
QPlainTextEdit[role="sunken"] { background: $ground; font-family: "$mono", monospace; font-size:
  ${secondary}px; }

QCheckBox, QRadioButton { spacing: 8px; background: transparent; }
QCheckBox::indicator { width: 16px; height: 16px; border: 1px solid $strong_line; border-radius: 4px;
  background: $panel; }
QCheckBox::indicator:checked { background: $accent; border-color: $accent; image:
  url($marks/tick-$name.svg); }
QCheckBox::indicator:focus, QRadioButton::indicator:focus { border: 2px solid $accent; width: 14px; height:
  14px; }
QRadioButton::indicator { width: 14px; height: 14px; border: 1px solid $strong_line; border-radius: 8px;
  background: $panel; }
QRadioButton::indicator:checked { border: 5px solid $accent; width: 6px; height: 6px; }
QSlider::groove:horizontal { height: 4px; background: $chip; border-radius: 2px; }
QSlider::sub-page:horizontal { background: $accent; border-radius: 2px; }
QSlider::handle:horizontal { width: 14px; height: 14px; margin: -5px 0; border-radius: 7px; background:
  $accent; }
QProgressBar { background: $chip; border: none; border-radius: 3px; max-height: 6px; min-height: 6px;
  text-align: center; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }

QTabWidget::pane { border: none; border-top: 1px solid $line; }
QTabWidget::tab-bar { left: 0; }
QTabBar { background: transparent; qproperty-drawBase: 0; }
QTabBar::tab { background: transparent; border: none; border-bottom: 2px solid transparent; color: $muted;
  padding: 8px 2px; margin-right: 20px; }
QTabBar::tab:hover { color: $text; }
QTabBar::tab:selected { color: $text; font-weight: 600; border-bottom: 2px solid $accent; }
QTabBar::tab:focus { color: $accent; }
QTabBar::tab:disabled { color: $faint; }

QAbstractItemView { background: $panel; border: 1px solid $line; border-radius: ${card_radius}px;
  gridline-color: $faint_line; selection-background-color: $accent_soft; selection-color: $text;
  alternate-background-color: $ground; }
QAbstractItemView:focus { border: 1px solid $accent; }
QTableView { border-radius: 0; }
QTableView[plain="true"], QListView[plain="true"], QTreeView[plain="true"] { border: none; background:
  transparent; }
QListView::item, QTreeView::item { min-height: ${dense_control}px; padding: 0 8px; border-radius:
  ${chip_radius}px; color: $text; }
StepList::item { min-height: ${step_row}px; }
QListView::item:disabled { color: $muted; background: transparent; }
QListView::item:hover, QTreeView::item:hover { background: $hover; }
QListView::item:selected, QTreeView::item:selected { background: $accent_soft; color: $text; }
QTableView::item { padding: 0 8px; }
QTableView::item:selected { background: $accent_soft; color: $text; }
QHeaderView { background: $panel; border: none; }
QHeaderView::section { background: $panel; color: $muted; border: none; border-bottom: 1px solid $line;
  border-right: 1px solid $faint_line; padding: 6px 9px; font-weight: 500; font-size: ${secondary}px; }
QTableCornerButton::section { background: $panel; border: none; border-bottom: 1px solid $line; }

QMenu { background: $raised; border: 1px solid $line; border-radius: ${card_radius}px; padding: 5px; }
QMenu::item { padding: 6px 24px 6px 10px; border-radius: ${chip_radius}px; background: transparent; }
QMenu::item:selected { background: $accent_soft; }
QMenu::item:disabled { color: $faint; }
QMenu::separator { height: 1px; background: $line; margin: 5px 8px; }
QMenu::icon { padding-left: 8px; }
QMenuBar { background: $panel; }
QMenuBar::item:selected { background: $hover; }
QToolTip { background: $raised; color: $text; border: 1px solid $line; padding: 5px 8px; font-size:
  ${secondary}px; }

QScrollArea { background: transparent; border: none; }
QScrollArea > QWidget > QWidget { background: transparent; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QScrollBar { background: transparent; border: none; margin: 0; }
QScrollBar:vertical { width: 10px; }
QScrollBar:horizontal { height: 10px; }
QScrollBar::handle { background: $line; border: 2px solid transparent; border-radius: 5px; }
QScrollBar::handle:vertical { min-height: 36px; }
QScrollBar::handle:horizontal { min-width: 36px; }
QScrollBar::handle:hover { background: $strong_line; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QSplitter::handle { background: $line; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QSplitter::handle:hover { background: $accent; }

QFrame#banner { border: 1px solid $line; border-radius: ${control_radius}px; background: $panel; }
QFrame#banner[severity="problem"] { background: $bad_soft; border-color: $bad; }
QFrame#banner[severity="warning"] { background: $warn_soft; border-color: $warn; }
QFrame#banner[severity="good"] { background: $good_soft; border-color: $good; }
QFrame#banner[severity="note"] { background: $accent_soft; border-color: $accent_soft; }

QWidget#rail { background: $rail; }
QWidget#rail QToolButton { background: transparent; border: none; border-radius: ${chip_radius}px; color:
  $rail_text; font-size: ${caption}px; font-weight: 400; padding: 6px 0 4px 0; min-height: 0; max-height:
  1000px; }
QWidget#rail QToolButton#logo { min-width: 34px; max-width: 34px; min-height: 34px; max-height: 34px;
  padding: 0; }
QWidget#rail QToolButton:hover { background: #1a1f2a; color: $rail_chosen_text; }
QWidget#rail QToolButton:checked { background: $rail_chosen; color: $rail_chosen_text; }
QWidget#rail QToolButton:focus { border: 1px solid #8b85ff; padding: 5px 0 3px 0; min-height: 0; max-height:
  1000px; }
QWidget#rail QToolButton:disabled { color: #5a6272; }
QWidget#bar { background: $panel; border-bottom: 1px solid $line; }
QWidget#status { background: $panel; border-top: 1px solid $line; }
QWidget#status QLabel, QWidget#status QPushButton { font-size: ${secondary}px; color: $muted; }
QPushButton#search { background: $panel; color: $muted; text-align: left; font-weight: 400; padding: 0 10px;
  }
QPushButton#search:hover { border-color: $strong_line; }
QFrame#floating { background: $raised; border: 1px solid $line; border-radius:
  ${card_radius}px; }
"""
